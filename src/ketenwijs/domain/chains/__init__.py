"""A firm's supply chains: suppliers, sites, links, volumes, and the reading of the sheets firms keep.

Main words: chain, link, supplier, site, intake batch, coverage, quarry area. Company data: fenced.
"""
