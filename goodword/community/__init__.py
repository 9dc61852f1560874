"""The owned community. So far the knowledge base: short articles, for agents and in public, that go into answers.

Owns the articles; announces when one was written, contradicted or put away.
"""
