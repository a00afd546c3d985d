"""Debian's Mastodon.py and toot: sign in by the code that the server shows, post, read, look for, be told.

Arguments: base URL, e-mail, password, another person's name. Prints one JSON line.
"""
import html
import json
import os
import re
import subprocess
import sys
import tempfile

import requests
from mastodon import Mastodon

base, email, password, other = sys.argv[1:]
OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob'


def field(page, name):
    return html.unescape(re.search(r'name="%s" value="([^"]*)"' % name, page).group(1))


def code_for(url):
    """What a person does in the browser: logs in, agrees, copies the code."""
    browser = requests.Session()
    page = browser.get(url)
    if 'name="password"' in page.text:
        page = browser.post(base + '/auth/sign_in', data={
            'form_token': field(page.text, 'form_token'), 'return_to': field(page.text, 'return_to'), 'email': email, 'password': password})
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page.text)
    form = {name: html.unescape(value) for name, value in hidden}
    shown = browser.post(base + '/oauth/authorize', data={**form, 'decision': 'allow'})
    assert shown.status_code == 200, shown.text
    return html.unescape(re.search(r'<input[^>]*class="code"[^>]*value="([^"]*)"', shown.text).group(1))


# Mastodon.py
client_id, client_secret = Mastodon.create_app('Mastodon.py test', scopes=['read', 'write', 'follow'], redirect_uris=OUT_OF_BAND, api_base_url=base)
person = Mastodon(client_id=client_id, client_secret=client_secret, api_base_url=base, version_check_mode='none')
person.log_in(code=code_for(person.auth_request_url(redirect_uris=OUT_OF_BAND, scopes=['read', 'write', 'follow'])),
              redirect_uri=OUT_OF_BAND, scopes=['read', 'write', 'follow'])
me = person.account_verify_credentials()
friend = person.account_lookup(other)
assert person.account_follow(friend.id).following
status = person.status_post('Posted through Mastodon.py #python', visibility='public')
reply = person.status_reply(status, 'And an answer')
assert reply.in_reply_to_id == status.id
assert any(entry.id == reply.id for entry in person.timeline_home())
assert person.status_favourite(status).favourited
assert [tag.name for tag in person.search_v2('#python').hashtags] == ['python']
assert [account.id for account in person.search_v2(other, result_type='accounts').accounts] == [friend.id]
person.notifications()
assert person.status_context(status).descendants[0].id == reply.id
assert len(person.fetch_next(person.timeline_home(limit=1))) == 1
poll = person.status_post('Which?', poll=person.make_poll(['this', 'that'], 3600)).poll
assert [option.title for option in poll.options] == ['this', 'that']
person.status_delete(reply)

# toot
home = {**os.environ, 'XDG_CONFIG_HOME': tempfile.mkdtemp(), 'PYTHONUNBUFFERED': '1'}


def toot(*words):
    done = subprocess.run(['toot', *words, '--no-color'], env=home, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0 and not done.stderr, (words, done.stdout, done.stderr)
    return done.stdout


login = subprocess.Popen(['toot', 'login', '-i', base.split('://')[1], '--disable-https', '--no-color'], env=home, text=True,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
said = ''
while True:
    line = login.stdout.readline()
    assert line, said
    said += line
    if line.startswith(base + '/oauth/authorize'):
        break
said += login.communicate('n\n%s\n' % code_for(line.strip()), timeout=180)[0]
assert login.returncode == 0 and 'Successfully logged in' in said, said
assert me.username in toot('whoami')
toot('post', 'Posted through toot #command')
assert 'Posted through toot' in toot('timeline', '--once')
toot('notifications')
assert other in toot('search', other)
assert 'Posted through toot' in toot('timeline', '--once', '--public')
toot('logout', '%s@%s' % (me.username, base.split('://')[1]))
print(json.dumps({'me': me.acct, 'status': str(status.id)}))
