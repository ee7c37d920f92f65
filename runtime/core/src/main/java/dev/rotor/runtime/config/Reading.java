package dev.rotor.runtime.config;

/** What the readers of one load share. */
record Reading(Mistakes mistakes, Interpolation interpolation) {}
