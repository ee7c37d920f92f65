/** What is loaded by loaders of its own, more than once, and dropped again. */
package com.example.it.plugin;
