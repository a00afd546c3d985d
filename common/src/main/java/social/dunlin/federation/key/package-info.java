/** The keys local accounts sign with, and the instance actor of each served domain, which signs what nobody in particular asks for. */
package social.dunlin.federation.key;
