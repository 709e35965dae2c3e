"""What this user has chosen: settings, standards, folders."""
