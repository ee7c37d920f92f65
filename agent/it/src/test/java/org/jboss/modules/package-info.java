/** A test double that bears the name of a loader which keeps the boot loader's packages hidden. */
package org.jboss.modules;
