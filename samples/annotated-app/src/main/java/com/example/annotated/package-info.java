/**
 * An application that marks its clients' interfaces with Rotor's annotations. Without the agent
 * they do nothing, and it runs with the one key that it was given; with it, each call goes from
 * {@link com.example.annotated.AnnotatedApp} through the marked interface to the engine, and from
 * there to the client's own code.
 */
@NullMarked
package com.example.annotated;

import org.jspecify.annotations.NullMarked;
