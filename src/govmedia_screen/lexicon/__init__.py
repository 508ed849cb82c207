"""What editors wrote: rules and cues read from TOML, all their terms in one automaton, and the hits that stand."""
