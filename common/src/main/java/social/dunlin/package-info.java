/** The entry point and what every role does at start. */
package social.dunlin;
