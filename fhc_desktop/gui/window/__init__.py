"""The main window, its parts, actions, menus and messages."""
