"""What a trainer tells of its run: how it ended, why it diverged, how it goes on."""

from __future__ import annotations

ENDINGS = (
    "All {steps} steps are done.",
    "{seconds} seconds of training are over.",
    "No better evaluation since step {step}.",
    "Stopped by request.",
    "The trainer was killed, most often because memory ran out.",
    "The trainer crashed ({signal}).",
    "The trainer was ended by signal {signal}.",
    "The trainer ended with code {code} and did not say why.",
    "The trainer ended without a last word: killed, or the machine stopped.",
    "Resume the run: it goes on from step {step}.",
    "Nothing was saved yet: resume the run to begin again.",
    "If memory ran out, lower train.batch_size or data.sequence_length.",
    "If it happens again, look into logs in {path}.",
    "The trainer met a fault it does not know: {fault}",
    "The details below tell where.",
    "Resume the run, or report them to the program's makers.",
    "Stopped by {signal}.",
)
DIVERGENCE = (
    "Training diverged at step {step}.",
    "The loss is {value}.",
    "The loss is {value}: the weight {weight} holds one already.",
    "The loss is {value}; the first part to put out one is {part}.",
    "The loss is {value}; the first gradient to hold one is that of {weight}.",
    "The gradient's norm is {value}.",
    "The gradient's norm is {value}: the weight {weight} holds one already.",
    "The gradient's norm is {value}; the first part to put out one is {part}.",
    "The gradient's norm is {value}; the first gradient to hold one is that of {weight}.",
    "The writes of layer {layer}, head {head} are too strong to settle: theta lambda_max(K^T K) "
    "/ (1 - eta) is {bound} there and is safe only up to {safe}.",
    "Its norm is {norm}.",
    "Lower the memory's largest step.",
    "Lower the memory's largest step: model.memory.{setting}, now {value}.",
    "The memory of layer {layer}, head {head} is the first that is not finite.",
    "The memory of layer {layer}, head {head} is the first that is not finite, though its writes "
    "are not too strong (bound {bound}, safe up to {safe}): what it was given to write was too "
    "large or no number.",
    "The memory of layer {layer}, head {head} outgrew the others: Its norm is {norm}.",
    "The median of all is {norm}.",
    "No memory is at fault: their norms are at most {norm}.",
    "No memory is at fault: their norms are at most {norm}, their writes settle (bound {bound}, "
    "safe up to {safe}).",
    "The weights were not moved.",
    "There is no checkpoint yet.",
    "The last good checkpoint is {name}.",
    "Lower train.learning_rate, raise train.warmup, or set train.precision=fp32 and start again.",
    "fp16 overflowed {count} times in a row.",
    "The model's answer is not a number.",
    "Its weights are damaged or its training diverged: choose an earlier checkpoint.",
    "fp16 overflowed.",
)
ROOM = (
    "The memory ran out at step {step}.",
    "The GPU's memory ran out at step {step}.",
    "Nothing that was saved is lost.",
    "Lower train.batch_size and raise train.accumulation by the same factor (the result stays "
    "the same), lower data.sequence_length, choose a smaller model, or close other programs.",
    "No space for {path}: about {needed} MB are needed, {left} MB are left.",
    "No space for {path}: about {needed} MB are needed.",
    "Free some space on this disk, then go on; nothing that was saved before is lost.",
    "{path} cannot be written ({reason}).",
    "Check that the folder exists and that you may write there, or choose another run folder.",
    "The run pauses, and goes on by itself as soon as there is room.",
    "This look into the memory is lost.",
    "The steps after {step} are not saved: the disk is full.",
)
GOING_ON = (
    "Continued, not exact: the text is not the one this run began with.",
    "Continued, not exact: {now} process(es) train it now, and {before} did before.",
    "They read the same batches, but sums are rounded in another order.",
    "Continued, not exact: it trains on {now} now, and on {before} before.",
    "Continued, not exact: torch is {now} now, and was {before} before.",
    "Training goes on all the same.",
    "The run goes on from step {step}.",
    "The run {path} is being trained by another process already.",
    "Watch or stop that one, or start a new run.",
    "Continued, not exact: the model is not compiled now as it was before.",
)
ANSWERS = (
    "It pauses after the step in progress.",
    "It goes on.",
    "It does {count} steps and pauses then.",
    "It saves and stops.",
    "It stops without saving.",
    "It ends this text.",
    "At once.",
    "As soon as the model stands.",
    "No: a factor of {factor} is not above 0 and at most {limit}.",
)
SENTENCES = ENDINGS + DIVERGENCE + ROOM + GOING_ON + ANSWERS
