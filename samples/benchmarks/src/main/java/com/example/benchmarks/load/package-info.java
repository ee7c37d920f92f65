/**
 * What {@code samples/benchmarks/load} runs: a program that sends one request after the other over
 * loopback, with and without Rotor.
 */
@NullMarked
package com.example.benchmarks.load;

import org.jspecify.annotations.NullMarked;
