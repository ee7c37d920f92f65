/** What choosing a key costs, strategy by strategy, among few keys and among many. */
package com.example.benchmarks.select;
