/** A program that AspectJ weaves while it is loaded. It depends on Rotor's annotations only. */
@NullMarked
package com.example.ltw;

import org.jspecify.annotations.NullMarked;
