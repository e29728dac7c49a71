"""Pages of chains: the firm's overview and forms, the way of a sheet, the release of quarry areas."""
