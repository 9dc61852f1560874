"""Staff: workspaces, agents, teams, roles, signing in and notices to agents.

Announces who comes and goes, what they may do, and what becomes of teams."""
