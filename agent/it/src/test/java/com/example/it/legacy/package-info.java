/** Code that nobody may touch and that knows nothing of Rotor; bound by patterns in the file. */
package com.example.it.legacy;
