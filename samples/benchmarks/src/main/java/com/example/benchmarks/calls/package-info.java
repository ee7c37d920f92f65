/**
 * What {@code samples/benchmarks/calls} runs: calls through Rotor beside what a user would write
 * instead, all in JVMs that run under the agent.
 */
@NullMarked
package com.example.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
