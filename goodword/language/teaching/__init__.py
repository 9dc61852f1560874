"""A brand's own causes and intents, learned from its own labelled texts.

`lesson.learn(examples)` gives a `Lesson`, which guesses; `store.save` and `store.load` keep it in a file. numpy and
the encoder load with the submodules, not with this package.
"""
