/** The domains this install serves: names, service hosts, instance actor. Several on one install from the first day. */
package social.dunlin.domain;
