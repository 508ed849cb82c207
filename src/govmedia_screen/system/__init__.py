"""What the operating system gives: caches, locks, the compiled core, late compilation."""
