"""The shipped models: numbers and their cards; see CHANGELOG.md."""
