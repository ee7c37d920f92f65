/** What runs in the children of {@code dev.rotor.it.bad}. */
package com.example.it.bad;
