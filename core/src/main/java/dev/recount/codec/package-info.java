/** The port between the user's event classes and their stored form. */
package dev.recount.codec;
