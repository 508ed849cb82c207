"""What an office has accepted, and what it lets be mended: baseline, waivers in the text, safe fixes."""
