"""Staff: workspaces, agents, teams, roles, signing in and notices to agents."""
