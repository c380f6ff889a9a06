# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: -all
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
# ---

# %% [markdown]
# # Where the model fails
# The champion's answers to its test part: what it confuses, how far its certainty can be believed, the slices
# it reads worst, its surest errors, and the behaviour cases that it fails.

# %%
import os
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

from training import tracking
from training.behaviour import cases
from training.data import bundled
from training.metrics import reliability, scores_by
from training.report import confusion_figure
from training.schema import STANCES

if not Path("mlflow.db").exists():
    os.chdir("..")
tracking.connect()
run = tracking.champion("stance").run_id
sure = [f"p_{stance}" for stance in STANCES]
rows = bundled(contrast=False).to_pandas()
answers = tracking.answers(run, "test").merge(rows, on=["article_id", "sentence_id", "actor"])
answers["sure"] = answers[sure].max(axis=1)
answers["right"] = answers["given"] == answers["predicted"]
print(tracking.name_of(run), len(answers), "rows")

# %%
confusion_figure(answers["given"], answers["predicted"])

# %% [markdown]
# ## How sure, how right
# On the diagonal an answer is worth what it says.

# %%
table = reliability(answers["sure"].to_numpy(), answers["right"].to_numpy())
plt.plot([0.3, 1], [0.3, 1], color="0.7")
plt.plot(table["sure"], table["accuracy"], marker="o")
plt.xlabel("probability of the answer")
plt.ylabel("share right")
plt.tight_layout()

# %% [markdown]
# ## Worst slices
# Of those with 50 rows or more, by macro F1 over the labels that they hold.

# %%
slices = pd.concat(
    scores_by(answers[name].rename("slice"), answers, list(answers["predicted"])).assign(by=name)
    for name in ("actor", "outlet", "register", "voice")
)
worst = slices[slices["n"] >= 50].sort_values("macro_f1").head(12)
worst[["by", "slice", "n", "macro_f1", "macro_f1_low", "macro_f1_high", "accuracy"]]

# %% [markdown]
# ## Surest errors
# The places to look at first: the model is wrong, or the label is.

# %%
errors = answers[~answers["right"]].sort_values("sure", ascending=False)
pd.set_option("display.max_colwidth", None)
errors.head(15)[["actor", "given", "predicted", "sure", "sentence"]].round(2)

# %% [markdown]
# ## Behaviour cases
# A few of those that are answered wrongly, capability by capability.

# %%
asked = cases()
told = tracking.load("stance").predict(asked[["sentence", "actor", "mentions"]])
failed = asked.assign(predicted=told["stance"]).query("predicted != stance")
failed.groupby("capability").head(2)[["capability", "actor", "stance", "predicted", "sentence"]]
