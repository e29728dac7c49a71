"""The desk: pages for signed-in people that combine several apps; the rest of the pages live in the apps."""
