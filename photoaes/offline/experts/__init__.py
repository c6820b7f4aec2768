"""Making banks: experts fine-tuned or made from ladders, students distilled, the prior of taste.

`train` makes one expert from a score database (stage one of the paper), `starter` the whole bundled
bank, `distill` a small tower, `learn_prior` what is known of people before they rate.
"""
