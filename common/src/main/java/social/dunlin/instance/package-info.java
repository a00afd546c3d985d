/** What the install says about itself per served domain: title, description, rules, counts, the servers it knows. */
package social.dunlin.instance;
