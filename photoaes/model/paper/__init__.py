"""The paper: a person's model as a merge of experts, with coefficients from a few rated photos.

    equation  what                                                  function
    1         task vector, tau_i = theta_ft_i - theta_pre           task_vector.task_vector
    2         theta_p^l = theta_pre^l + sum_i alpha_i^l tau_i^l     task_vector.merge
              its gradient, <d loss / d theta_p^l, tau_i^l>         task_vector.GatheredGradient
    3         Bradley-Terry loss, softplus(f(x2) - f(x1))           fit.bradley_terry
    4         adaptive initialisation, softmax of r_i / T           fit_settings.expert_weights
    5         r_i, SROCC of expert i on the support set             model.metrics.srocc
    6         that weight in every layer, to start from             fit.initial_coefficients
    app. D    score, f(x) = p . t with t = 1..10                    score_model.ScoreModel
              the tower, and how a photo becomes its input          backbone.BackboneSpec
    app. F    stage two: AdamW on alpha alone, 500 steps            fit.fit, by fit_settings

`merge.Merger` holds all that one fit needs on one device, and scores with any alpha.
Where paper and the authors' code differ, `fit` and `fit_settings.as_released` say so.
"""
