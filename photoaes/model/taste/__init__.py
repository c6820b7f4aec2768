"""Our method: Bayesian linear regression on what the paper's model says of a photo.

`tangent` measures each photo once: scores, gradients by coefficient, the embedding. `prior` is what
is known of people before anyone has rated, `posterior` what a person's stars make of it;
`agreement` tells how far to trust that, `suggest` which photo's stars would teach the most, and
`readout` writes the posterior mean out, to be kept in a profile and to score any other album.
"""
