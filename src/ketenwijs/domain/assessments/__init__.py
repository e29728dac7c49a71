"""The yearly round and its judgement: dossiers, findings, hearing, second reader, outcomes, publication.

Main words: round, dossier, requirement, finding, reply, outcome. What a dossier consists of is registered in
`agreements.parts` by the apps that hold the parts. Company data: fenced.
"""
