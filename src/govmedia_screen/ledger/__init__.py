"""Who approved which text: append-only and tamper-evident (第十七条：先审后发)."""
