"""Pages of the register: the firm's own, and the secretariat's overview."""
