"""The language server: findings while a post is being written, in any editor that speaks LSP.

``session`` screens one open document, keystroke by keystroke; ``lines`` counts as the protocol
counts; ``actions`` is what an editor offers on a finding; ``server`` speaks the protocol (extra ``lsp``).
"""
