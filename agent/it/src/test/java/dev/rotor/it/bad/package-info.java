/**
 * What bad input gets, and a bad end: answers that cannot be understood, directories that cannot be
 * written, processes that are killed. What runs there lives in {@code com.example.it.bad} and
 * {@code com.example.it.http}.
 */
package dev.rotor.it.bad;
