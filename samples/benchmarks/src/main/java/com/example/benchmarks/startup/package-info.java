/** What {@code samples/benchmarks/startup} runs. */
@NullMarked
package com.example.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
