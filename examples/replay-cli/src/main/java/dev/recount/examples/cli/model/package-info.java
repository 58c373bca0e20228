/** The read models that can be replayed: known by name, or from another jar. */
package dev.recount.examples.cli.model;
