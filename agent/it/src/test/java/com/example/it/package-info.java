/** The application that runs in the child JVMs. It knows Rotor's annotations, and nothing else. */
package com.example.it;
