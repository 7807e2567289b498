"""The addresses of signing in (allauth's views under readable addresses), of invitations and of the list of people.

What allauth offers beyond them (managing addresses, confirming them, codes by mail) has no address here.
"""

from allauth.account import views as allauth_views
from django.urls import include, path, re_path

from hemicycle.accounts import views

house = [
    path("invitation/", views.enter_code, name="enter_code"),
    path("invitation/<str:code>/", views.take_up, name="take_up"),
    path("people/", views.people, name="people"),
    path("people/register/", views.register, name="register"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<int:person_id>/open-account/", views.open_account, name="open_account"),
    path("accounts/<int:account_id>/close/", views.close, name="close"),
    path("accounts/<int:account_id>/reopen/", views.reopen, name="reopen"),
]

urlpatterns = [
    path("sign-in/", allauth_views.login, name="account_login"),
    path("sign-out/", allauth_views.logout, name="account_logout"),
    path("sign-up/", allauth_views.signup, name="account_signup"),
    path("account-closed/", allauth_views.account_inactive, name="account_inactive"),
    path("password/change/", allauth_views.password_change, name="account_change_password"),
    path("password/set/", allauth_views.password_set, name="account_set_password"),
    path("password/reset/", allauth_views.password_reset, name="account_reset_password"),
    path("password/reset/sent/", allauth_views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("", include((house, "accounts"))),
]
