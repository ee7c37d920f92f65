/**
 * An application that asks much of its APIs at once, by several HTTP clients, and counts what it
 * gets. What it was like is told to the test line by line.
 */
package com.example.it.load;
