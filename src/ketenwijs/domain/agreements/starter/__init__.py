"""Starting an agreement from data: building the starter package, reading an edited one back, and its faults in words.

`building` fills the template of the content folder; `reading` takes an upload apart without trusting it; `checking` finds
all faults among what is stored already; `wording` says what to do about each; `sealing` carries checked files to the
confirmation.
"""
