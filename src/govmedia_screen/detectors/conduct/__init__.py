"""Conduct: bought fans, forced following, downloads, likes and shares (第十九条)."""
