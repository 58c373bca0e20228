/** How the command line speaks: to people in sentences and colours, to programs in JSON. */
package dev.recount.examples.cli.output;
