"""What this machine can do: devices and memory, fast kernels, compiling, several processes."""

from __future__ import annotations

ROOM_AND_KERNELS = (
    "numba is not installed: memories run on the slower chunked kernels.",
    "numba does not work here ({reason}): memories run on the slower chunked kernels.",
    "numba computes wrong values here (off by {error}): it is not used.",
    "flash-linear-attention is not installed: Gated DeltaNet runs on the chunked kernels here.",
    "Installing it may be faster.",
    "flash-linear-attention does not work here ({reason}): Gated DeltaNet runs on the chunked "
    "kernels.",
    "flash-linear-attention is off by {error} here: it is not used.",
    "The results are the same, but training takes several times as long.",
    "Install the program anew to mend it.",
    "The model is compiled, as it was before.",
    "The model is compiled, which makes it {gain} times as fast.",
    "Compiled, the model is {gain} times as fast: left as it is.",
    "torch.compile failed, so the model runs as it is: {reason}",
    "Several processes train it together, so torch.compile is left out.",
    "there is no GPU '{name}' here.",
    "This machine offers the CPU only: choose device=cpu or device=auto.",
    "This machine offers cuda:0 and cpu.",
    "This machine offers cuda:0 to cuda:{last} and cpu.",
    "About {needed} GB are needed, and {free} GB of this machine are free.",
    "About {needed} GB are needed, and {free} GB of {device} are free.",
    "Lower train.batch_size and raise train.accumulation by the same factor, or choose a smaller "
    "model.",
    "weights, gradients and optimizer of {count} parameters take {size} GB, and this machine has "
    "{there} GB in all.",
    "weights, gradients and optimizer of {count} parameters take {size} GB, and {device} has "
    "{there} GB in all.",
    "Lower it, or choose a smaller model.",
    "{rows} sequences of {length} tokens take {size} GB for the model's answers alone, and this "
    "machine has {there} GB in all.",
    "{rows} sequences of {length} tokens take {size} GB for the model's answers alone, and "
    "{device} has {there} GB in all.",
    "Lower it and raise train.accumulation by the same factor, or lower data.sequence_length.",
    "not even one sequence at a time fits into the memory that is free.",
    "Lower data.sequence_length, choose a smaller model, or close other programs.",
)
PROCESSES = (
    "Process {number} of {count} is gone, so the run ended.",
    "It stood still for {seconds} seconds.",
    "Process 1 ended before it had made the run.",
    "Process 1 of this run is gone.",
    "A process of this run did not write its share of a checkpoint.",
    "Another process of this run ended, or no longer answers.",
    "the memory ran out.",
    "Lower train.batch_size or data.sequence_length.",
    "The launcher gave a RANK or WORLD_SIZE that is no number ({reason}).",
    "Start with torchrun, or with hope train PRESET --processes N.",
)
SENTENCES = ROOM_AND_KERNELS + PROCESSES
PHRASES = (
    "Process {number} of {count}",
    "this machine",
)
