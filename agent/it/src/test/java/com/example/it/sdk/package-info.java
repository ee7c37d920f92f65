/**
 * An application that calls its provider through an SDK, as published. Each SDK has a class path of
 * its own, in {@code agent/it/stacks}.
 */
package com.example.it.sdk;
