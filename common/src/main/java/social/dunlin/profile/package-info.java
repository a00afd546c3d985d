/**
 * What a local account says about itself: name, bio, fields, flags and posting defaults, checked against
 * the limits, turned into HTML and told to followers.
 */
package social.dunlin.profile;
