"""The HTTP service and its page: screening for content systems and for people without a command line; nothing leaves the machine that it runs on."""
