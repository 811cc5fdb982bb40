"""Addresses of the community's pages."""

from django.urls import path

from community.views import measures, neighbourhoods, publications

_MEASURE = "community/measures/<slug:partnership>/<str:code>/"

urlpatterns = [
    path("community/", publications.community, name="community"),
    path("community/publications/", publications.publications, name="publications"),
    path("community/publications/log/", publications.publication_log, name="publication_log"),
    path("community/publications/log.csv", publications.publication_log_csv, name="publication_log_csv"),
    path(
        "community/publications/<uuid:publication>/withdraw/",
        publications.withdraw_publication,
        name="withdraw_publication",
    ),
    path("community/duties/new/", neighbourhoods.begin_duty, name="begin_duty"),
    path("community/duties/<uuid:duty>/record/", publications.record_publication, name="record_publication"),
    path("community/duties/<uuid:duty>/hand-over/", neighbourhoods.hand_over_duty, name="hand_over_duty"),
    path("community/neighbourhoods/", neighbourhoods.neighbourhoods, name="neighbourhoods"),
    path("community/neighbourhoods/new/", neighbourhoods.add_neighbourhood, name="add_neighbourhood"),
    path(
        "community/neighbourhoods/<uuid:neighbourhood>/rename/",
        neighbourhoods.rename_neighbourhood,
        name="rename_neighbourhood",
    ),
    path(
        "community/neighbourhoods/<uuid:neighbourhood>/end/",
        neighbourhoods.end_neighbourhood,
        name="end_neighbourhood",
    ),
    path("community/channels/", neighbourhoods.channels, name="channels"),
    path("community/channels/<int:channel>/retire/", neighbourhoods.retire_channel, name="retire_channel"),
    path("community/measures/", measures.measures, name="measures"),
    path(_MEASURE, measures.measure, name="measure"),
    path(f"{_MEASURE}values/new/", measures.enter_value, name="enter_value"),
    path(f"{_MEASURE}targets/new/", measures.set_target, name="set_target"),
    path("community/measures/values/<int:value>/withdraw/", measures.withdraw_value, name="withdraw_value"),
    path("community/measures/targets/<int:target>/withdraw/", measures.withdraw_target, name="withdraw_target"),
]
