"""Reports about a site: a party or a local organisation tells what it saw, the secretariat works it through to an answer.

Main words: report, sender, question (to one firm), reply, receipt. No complaint: see decision 0007.
"""
