"""Reddit: what is said in subreddits of interest, what searches find in all others, and answers by an account."""
