"""Rate, learn, choose: the panel that tells where the person stands, and what the model learned."""
